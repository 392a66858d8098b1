// Loaded before Streamlit's own scripts, on every screen. Reads no data and calls no other host.
"use strict";

// Where the server is: Streamlit would otherwise try below each screen's address first, and fail.
window.__streamlit = { BACKEND_BASE_URL: location.origin, MAIN_PAGE_BASE_URL: location.origin };

// When the connection was lost and the session ended meanwhile, the sign-in page says so, and leads back here.
{
  const ask = window.fetch;
  let leaving = false;
  window.fetch = async (...request) => {
    const answer = await ask(...request);
    const asked = new URL(answer.url || location.href).pathname;
    if (answer.status === 401 && !leaving && ["/_stcore/health", "/_stcore/host-config"].includes(asked)) {
      leaving = true;
      location.assign("/connexion?avis=session&next=" + encodeURIComponent(location.pathname + location.search));
    }
    return answer;
  };
}

// Streamlit's own words, which no setting translates. What comes from data is left alone.
const FRENCH = {
  "Connection error": "Connexion perdue",
  "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:":
    "Le serveur ne répond pas. La page reprendra d’elle-même dès qu’il répondra.",
  "streamlit run yourscript.py": "…",
  "Streamlit server is not responding. Are you connected to the internet?":
    "Le serveur ne répond pas. La page reprendra d’elle-même dès qu’il répondra.",
  "Unable to connect to Streamlit server": "Le serveur ne répond pas",
  "Page not found": "Cette page n’existe pas",
  "Connection lost. Please wait for the app to reconnect, then try again.":
    "Connexion perdue. Attendez qu’elle revienne, puis réessayez.",
  Connecting: "Connexion…",
  "Connecting to Streamlit server": "Connexion au serveur",
  "Connecting to Streamlit server...": "Connexion au serveur…",
  "Connecting to server…": "Connexion au serveur…",
  "Running...": "Calcul en cours…",
  "Please wait...": "Un instant…",
  Stop: "Arrêter",
  "Stop script": "Arrêter le calcul",
  Rerun: "Relancer",
  Settings: "Réglages",
  Print: "Imprimer",
  "Main menu": "Menu",
  "Use system setting": "Réglage du système",
  System: "Système",
  Light: "Clair",
  Dark: "Sombre",
  "Custom Theme Light": "Clair",
  "Custom Theme Dark": "Sombre",
  Close: "Fermer",
  "Close popup": "Fermer",
  Open: "Ouvrir",
  "No results": "Aucun résultat",
  "No options": "Aucun choix",
  "No data": "Aucune donnée",
  "Select all": "Tout choisir",
  "Clear all": "Tout effacer",
  "Clear value": "Effacer",
  "Clear selection": "Effacer la sélection",
  "Type to search": "Chercher",
  Search: "Chercher",
  "Selectbox options": "Choix",
  "Show suggestions": "Voir les choix",
  "Choose an option": "Choisir",
  "Choose options": "Choisir",
  "Choose date": "Choisir une date",
  "Choose date range": "Choisir deux dates",
  "Selected date unavailable.": "Cette date n’est pas permise.",
  "Start date must be before end date.": "La première date doit précéder la seconde.",
  "Use arrow keys to navigate dates. Enter to select. Escape to close.":
    "Flèches pour parcourir les dates, Entrée pour choisir, Échap pour fermer.",
  "Previous month": "Mois précédent",
  "Next month": "Mois suivant",
  "Previous page": "Page précédente",
  "Next page": "Page suivante",
  "This field is required.": "À remplir.",
  "Show password": "Montrer le mot de passe",
  "Hide password": "Cacher le mot de passe",
  Upload: "Choisir un fichier",
  "Browse files": "Choisir un fichier",
  "File Uploader": "Choisir un fichier",
  "Drag and drop file here": "ou déposer le fichier ici",
  "Drag and drop files here": "ou déposer les fichiers ici",
  "Upload failed": "Envoi refusé",
  "Error:": "Erreur :",
  "Add files": "Ajouter des fichiers",
  "add icon": "ajouter",
  "Only one file is allowed.": "Un seul fichier à la fois.",
  Fullscreen: "Plein écran",
  "Close fullscreen": "Quitter le plein écran",
  "Download as CSV": "Télécharger en CSV",
  "Show data": "Voir les données",
  "Show chart": "Voir le graphique",
  "Show/hide columns": "Choisir les colonnes",
  "Sort ascending": "Tri croissant",
  "Sort descending": "Tri décroissant",
  "Pin column": "Épingler la colonne",
  "Unpin column": "Libérer la colonne",
  "Hide column": "Cacher la colonne",
  Autosize: "Ajuster la largeur",
  "Link to heading": "Lien vers ce titre",
  "Copy to clipboard": "Copier",
  "View less": "Moins",
  "App pages": "Écrans",
  Sidebar: "Menu",
  "Expand sidebar": "Ouvrir le menu",
  "Collapse sidebar": "Fermer le menu",
  "Skip to main content": "Aller au contenu",
  "file upload": "envoi de fichier",
  dd: "jj",
  yyyy: "aaaa",
};
const PATTERNS = [
  [/^Press (⌘|Ctrl)\+Enter to (?:apply|submit form)$/, "$1 + Entrée pour valider"],
  [/^Press Enter to (?:apply|submit form)$/, "Entrée pour valider"],
  [/^(\d+)\s*([KMG])B per file/, "$1 $2o par fichier"],
  [/^File must be .+ or smaller\.$/, "Fichier trop lourd, 20 Mo au plus."],
  [/^(?:AxiosError: )?(?:Request failed with status code|Network Error|timeout of)\b.*$/, "Envoi refusé."],
  [/^(\d+)\.(\d)([KMG]?)B$/, "$1,$2 $3o"],
  [/^day, /, "jour, "],
  [/^month, /, "mois, "],
  [/^year, /, "année, "],
  [/^(\d+) options? available\.$/, "$1 choix."],
  [/^Remove (.+)$/, "Retirer $1"],
  [/^View (\d+) more$/, "$1 de plus"],
  [/^(\d+) more$/, "$1 de plus"],
  [/^Choose date, (.+)$/, "Choisir une date, $1"],
  [/^Clear all$/, "Tout effacer"],
  [/^Connection failed with status (\d+)\.$/, "Le serveur a refusé la connexion ($1)."],
  [/^You can only select up to (\d+) options?\. Remove an option first\.$/, "$1 choix au plus : retirez-en un d’abord."],
];
const OURS = "[data-testid=stMarkdownContainer], [data-testid=stHtml], .stHtml, textarea, svg";
const WHOLLY_OURS = ".stHtml, .js-plotly-plot"; // whole tables and charts: nothing in them is Streamlit's
const THEIRS = "[data-testid=stFileUploaderDropzone]";
const NOBODYS_DATA = 25; // above that many characters, a sentence of the list is Streamlit's wherever it stands
const SAID = ["aria-label", "placeholder", "title", "alt"];

function french(text) {
  const bare = text.trim();
  if (!bare || bare.length > 200) return text;
  if (Object.hasOwn(FRENCH, bare)) return text.replace(bare, FRENCH[bare]);
  for (const [pattern, words] of PATTERNS) if (pattern.test(bare)) return text.replace(bare, bare.replace(pattern, words));
  return text;
}

function translateText(node) {
  const place = node.parentElement;
  if (place?.closest(WHOLLY_OURS)) return;
  if (node.data.length < NOBODYS_DATA && place?.closest(OURS) && !place.closest(THEIRS)) return;
  const words = french(node.data);
  if (words !== node.data) node.data = words;
}

function translateAttributes(element) {
  for (const name of SAID) {
    const text = element.getAttribute(name);
    const words = text && french(text);
    if (words && words !== text) element.setAttribute(name, words);
  }
}

// The drawer of a phone puts its sections' titles between list items: it is no list, and says so. Where files are
// chosen there is a name to read out: it is more than presentation.
function rename(element) {
  if (element.matches("ul[data-testid=stSidebarNavItems]")) element.setAttribute("role", "group");
  else if (element.matches("ul[data-testid=stSidebarNavItems] li")) element.setAttribute("role", "presentation");
  else if (element.matches(THEIRS)) element.setAttribute("role", "group");
}

function foreign(node) {
  const ours = node.nodeType === Node.ELEMENT_NODE && node.matches(WHOLLY_OURS);
  return ours ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT;
}

function translate(node) {
  if (node.nodeType === Node.TEXT_NODE) return translateText(node);
  if (node.nodeType !== Node.ELEMENT_NODE || node.closest(WHOLLY_OURS)) return;
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, foreign);
  for (let one = node; one; one = walker.nextNode())
    if (one.nodeType === Node.TEXT_NODE) translateText(one);
    else {
      translateAttributes(one);
      rename(one);
    }
}

new MutationObserver((changes) => {
  for (const change of changes)
    if (change.type === "childList") change.addedNodes.forEach(translate);
    else if (change.type === "characterData") translateText(change.target);
    else translateAttributes(change.target);
}).observe(document.documentElement, {
  subtree: true,
  childList: true,
  characterData: true,
  attributes: true,
  attributeFilter: SAID,
});

// The cursor follows the work: a page marks the field to type in next (impact.ui.cursor), once for each turn.
{
  let followed = "";
  new MutationObserver(() => {
    const mark = document.querySelector("[data-cursor]");
    if (!mark || mark.dataset.turn === followed) return;
    const field = document.querySelector(`.st-key-${CSS.escape(mark.dataset.cursor)} :is(input, textarea)`);
    if (!field) return;
    followed = mark.dataset.turn;
    field.focus({ preventScroll: true });
    field.scrollIntoView({ block: "center" });
  }).observe(document.documentElement, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-turn"] });
}
