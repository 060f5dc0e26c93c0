/** Feeds damaged inputs to parsers of untrusted data. */
package io.mediakeep.fuzz;
