// Lunr as vendored from npm. The published copy of this file points to the theme's vendor folder.
export { default } from "../../theme/static/vendor/lunr.mjs";
