package io.mediakeep.blob.s3;

import io.mediakeep.storage.StorageFailure;
import io.mediakeep.storage.StoreUnavailableException;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** The failures of S3 requests. */
final class S3Failures {
    private S3Failures() {}

    /** As {@link #translating(Runnable)}, with a result. */
    static <T> T translating(Supplier<T> requests) throws StoreUnavailableException {
        try {
            return requests.get();
        } catch (SdkException failure) {
            throw new StoreUnavailableException(reason(failure), failure);
        }
    }

    /**
     * Runs requests.
     *
     * @throws StoreUnavailableException when one of them fails
     */
    static void translating(Runnable requests) throws StoreUnavailableException {
        translating(() -> {
            requests.run();
            return true;
        });
    }

    private static String reason(SdkException failure) {
        return failure instanceof AwsServiceException response
                ? "the S3 store responded " + response.statusCode() + " " + code(response)
                : "the S3 store cannot be used: " + StorageFailure.reason(failure);
    }

    /** The code of an error response, such as {@code NoSuchUpload}; empty when there is none. */
    static String code(AwsServiceException response) {
        return response.awsErrorDetails() == null || response.awsErrorDetails().errorCode() == null
                ? ""
                : response.awsErrorDetails().errorCode();
    }
}
