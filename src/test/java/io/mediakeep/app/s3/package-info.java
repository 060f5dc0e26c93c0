/** Tests of the whole server with blobs in S3. */
@NullMarked
package io.mediakeep.app.s3;

import org.jspecify.annotations.NullMarked;
