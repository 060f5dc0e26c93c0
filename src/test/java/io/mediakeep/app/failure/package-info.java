/** Tests of the server while its disk, its database or its store of blobs fails. */
package io.mediakeep.app.failure;
