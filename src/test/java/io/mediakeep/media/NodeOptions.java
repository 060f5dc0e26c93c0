package io.mediakeep.media;

import io.mediakeep.blob.BlobStore;
import io.mediakeep.federation.RemoteMedia;
import io.mediakeep.limits.QuotaSettings;
import io.mediakeep.limits.QuotaSettings.Rule;
import io.mediakeep.limits.QuotaSettings.Unit;
import io.mediakeep.limits.QuotaSettings.UsageLimit;
import io.mediakeep.media.blob.BlobReferenceCatalog;
import io.mediakeep.testing.server.NoRemoteMedia;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/**
 * The configuration of a {@link MediaNode}: uploads of at most 1,000 bytes, five reservations a user, no quota, blobs
 * on disk and no remote media, unless a test sets something else.
 */
public final class NodeOptions {
    long maxSize = 1000;
    int maxPending = 5;
    QuotaSettings quotas = QuotaSettings.UNLIMITED;
    boolean frozen;
    boolean blobsInDatabase;
    UnaryOperator<BlobStore> wrapper = UnaryOperator.identity();
    BlobReferenceCatalog references = new BlobReferenceCatalog();
    RemoteMedia remote = NoRemoteMedia.media(MediaNode.LOCAL);

    /** The maximum size of an upload. */
    public NodeOptions maxSize(long bytes) {
        maxSize = bytes;
        return this;
    }

    /** The maximum number of reservations of a user. */
    public NodeOptions maxPending(int reservations) {
        maxPending = reservations;
        return this;
    }

    /** The quota of a user. */
    public NodeOptions quota(long bytes, long files) {
        UsageLimit maxBytes = new UsageLimit(Unit.BYTES, bytes, Optional.empty());
        UsageLimit maxFiles = new UsageLimit(Unit.FILES, files, Optional.empty());
        return quotas(new Rule("*", OptionalLong.empty(), List.of(maxBytes, maxFiles)));
    }

    /** The quotas of users. */
    public NodeOptions quotas(Rule... rules) {
        quotas = new QuotaSettings(List.of(rules));
        return this;
    }

    /** Whether new media requires a token. */
    public NodeOptions frozen(boolean yes) {
        frozen = yes;
        return this;
    }

    /** Whether blobs are stored in the database. */
    public NodeOptions blobsInDatabase(boolean yes) {
        blobsInDatabase = yes;
        return this;
    }

    /** Wraps the blob store. */
    public NodeOptions wrapStore(UnaryOperator<BlobStore> by) {
        wrapper = by;
        return this;
    }

    /** The tables that reference blobs. */
    public NodeOptions references(BlobReferenceCatalog tables) {
        references = tables;
        return this;
    }

    /** The media of other homeservers. */
    public NodeOptions remote(RemoteMedia media) {
        remote = media;
        return this;
    }
}
