/** Blobs as objects in an S3 bucket. */
@NullMarked
package io.mediakeep.blob.s3;

import org.jspecify.annotations.NullMarked;
