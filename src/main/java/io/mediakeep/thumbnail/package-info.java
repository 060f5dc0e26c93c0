/** Thumbnails of images: finds stored ones, renders new ones, and stores them. */
@NullMarked
package io.mediakeep.thumbnail;

import org.jspecify.annotations.NullMarked;
