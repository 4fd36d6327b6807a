"use strict";

module.exports = [
  {
    files: ["src/**/*.js"],
    languageOptions: {sourceType: "commonjs"},
    rules: {eqeqeq: "error", "no-unused-vars": "error"},
  },
];
