"""argparse in French, and the log of unexpected errors."""

import argparse
import logging

_SENTENCES = {
    "usage: ": "usage : ",
    "positional arguments": "arguments",
    "options": "options",
    "show this help message and exit": "montre cette aide et s’arrête",
    "argument %(argument_name)s: %(message)s": "argument %(argument_name)s : %(message)s",
    "unknown parser %(parser_name)r (choices: %(choices)s)": "commande inconnue : %(parser_name)r "
    "(connues : %(choices)s)",
    "unrecognized arguments: %s": "arguments inconnus : %s",
    "not allowed with argument %s": "incompatible avec %s",
    "ignored explicit argument %r": "n’attend pas de valeur (reçu %r)",
    "the following arguments are required: %s": "arguments manquants : %s",
    "one of the arguments %s is required": "il faut l’un de : %s",
    "expected one argument": "une valeur est attendue",
    "expected at most one argument": "une valeur au plus est attendue",
    "expected at least one argument": "une valeur au moins est attendue",
    "ambiguous option: %(option)s could match %(matches)s": "option ambiguë : %(option)s peut être %(matches)s",
    "invalid %(type)s value: %(value)r": "valeur non valable : %(value)r",
    "invalid choice: %(value)r (choose from %(choices)s)": "choix inconnu : %(value)r (connus : %(choices)s)",
    "invalid choice: %(value)r, maybe you meant %(closest)r? (choose from %(choices)s)": "choix inconnu : %(value)r "
    "(connus : %(choices)s)",
    "%(prog)s: error: %(message)s\n": "%(prog)s : erreur : %(message)s\n",
}


def speak() -> None:
    """argparse asks gettext for its sentences under the name `_`, and ships none in French: it gets ours."""
    setattr(argparse, "_", lambda sentence: _SENTENCES.get(sentence, sentence))  # noqa: B010 - not in its stubs


def incident(error: Exception, command: str) -> str:
    """Log an unexpected error under a number, in impact.log beside the database's key; the sentence to show."""
    from impact.causes import cause
    from impact.incidents import report
    from impact.settings import Settings

    file = Settings.from_env().key_file.with_name("impact.log")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = logging.FileHandler(file, encoding="utf-8")
    except OSError:
        # No place for a log: what the sentence does not say by itself goes to the console.
        handler, where = logging.NullHandler() if cause(error) else logging.StreamHandler(), ""
    else:
        where = f" Le détail est dans {file}."
    handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(message)s"))
    logger = logging.getLogger("impact.incident")
    logger.addHandler(handler)
    try:
        return f"{report(error, command)}{where}"
    finally:
        logger.removeHandler(handler)
        handler.close()
