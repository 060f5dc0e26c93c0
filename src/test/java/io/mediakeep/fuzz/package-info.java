/** Feeds damaged inputs to the code that reads bytes from strangers. */
package io.mediakeep.fuzz;
