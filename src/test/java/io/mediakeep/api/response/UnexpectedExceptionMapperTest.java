package io.mediakeep.api.response;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.api.RequestProperties;
import io.mediakeep.storage.DatabaseUnavailableException;
import io.mediakeep.testing.LogCapture;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnexpectedExceptionMapperTest {
    private final ContainerRequest request = new ContainerRequest(
            URI.create("/"), URI.create("/"), "GET", null, new MapPropertiesDelegate(), new ResourceConfig());
    private final UnexpectedExceptionMapper mapper = new UnexpectedExceptionMapper(() -> request);

    @BeforeEach
    void identify() {
        request.setProperty(RequestProperties.ID, "r-17");
    }

    @Test
    void aBugIsReportedByTheIdOfTheRequest() {
        try (LogCapture log = new LogCapture()) {
            Response response = mapper.toResponse(new IllegalStateException("a fault of ours"));
            assertThat(response.getStatus()).isEqualTo(500);
            assertThat(body(response)).contains("M_UNKNOWN", "r-17").doesNotContain("a fault of ours");
            assertThat(log.text()).contains("Request r-17 failed", "a fault of ours");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "No space left on device,           507",
        "Disk quota exceeded,               507",
        "Read-only file system,             503",
        "Stale file handle,                 503",
        "Too many open files,               503",
        "Input/output error,                503",
    })
    void aStorageFailureIsReportedByItsKindAndLoggedInOneLine(String text, int status) {
        try (LogCapture log = new LogCapture()) {
            Response response = mapper.toResponse(
                    new UncheckedIOException(new IOException(new FileSystemException("/secret/path", null, text))));
            assertThat(response.getStatus()).isEqualTo(status);
            assertThat(response.getHeaderString("Retry-After")).isNotNull();
            assertThat(body(response)).contains("M_UNKNOWN", "r-17").doesNotContain("secret");
            assertThat(log.text()).contains(text, "r-17").doesNotContain("Exception");
        }
    }

    @Test
    void anUnavailableDatabaseIsNotLoggedForEachRequest() {
        try (LogCapture log = new LogCapture()) {
            Response response = mapper.toResponse(new DatabaseUnavailableException("away"));
            assertThat(response.getStatus()).isEqualTo(503);
            assertThat(response.getHeaderString("Retry-After")).isEqualTo("5");
            assertThat(log.text()).isEmpty();
        }
    }

    private static String body(Response response) {
        return new String((byte[]) response.getEntity(), StandardCharsets.UTF_8);
    }
}
