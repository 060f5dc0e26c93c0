package io.mediakeep.blob.s3;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.storage.StoreUnavailableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;

/** Removes objects, many by one request. */
final class S3Removal {
    /** The maximum number of objects in one request, by the S3 API. */
    private static final int BATCH = 1000;

    private static final String NO_SUCH_KEY = "NoSuchKey";

    private final S3Client client;
    private final S3Keys keys;

    S3Removal(S3Client client, S3Keys keys) {
        this.client = client;
        this.keys = keys;
    }

    /** Removes a blob, if there is one. */
    void remove(BlobLocation location) throws IOException {
        S3Failures.translating(() ->
                client.deleteObject(request -> request.bucket(keys.bucket()).key(keys.of(location))));
    }

    /** Removes blobs; returns the failures. */
    Map<BlobLocation, IOException> remove(Collection<BlobLocation> locations) {
        Map<BlobLocation, IOException> failures = new HashMap<>();
        List<BlobLocation> all = new ArrayList<>(locations);
        for (int from = 0; from < all.size(); from += BATCH) {
            List<BlobLocation> batch = all.subList(from, Math.min(from + BATCH, all.size()));
            try {
                failures.putAll(S3Failures.translating(() -> removeBatch(batch)));
            } catch (StoreUnavailableException failure) {
                batch.forEach(location -> failures.put(location, failure));
            }
        }
        return failures;
    }

    private Map<BlobLocation, IOException> removeBatch(List<BlobLocation> batch) {
        Map<String, BlobLocation> byKey = batch.stream().collect(Collectors.toMap(keys::of, Function.identity()));
        List<ObjectIdentifier> objects = byKey.keySet().stream()
                .map(key -> ObjectIdentifier.builder().key(key).build())
                .toList();
        DeleteObjectsResponse response = client.deleteObjects(request -> request.bucket(keys.bucket())
                .delete(list -> list.objects(objects).quiet(true)));
        return response.errors().stream()
                .filter(error -> !NO_SUCH_KEY.equals(error.code()))
                .filter(error -> byKey.containsKey(error.key()))
                .collect(Collectors.toMap(error -> byKey.get(error.key()), S3Removal::failure));
    }

    private static IOException failure(S3Error error) {
        return new IOException("the S3 store responded " + error.code());
    }
}
