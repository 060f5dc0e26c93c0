/** The media stores of Synapse, matrix-media-repo and Dendrite: their rows and files, read-only. */
@NullMarked
package io.mediakeep.migrate.source;

import org.jspecify.annotations.NullMarked;
