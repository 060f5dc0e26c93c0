package io.mediakeep.federation;

import io.mediakeep.fuzz.FuzzContract;
import io.mediakeep.fuzz.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The {@code Content-Disposition} and {@code Content-Type} headers of files of other homeservers. */
class DispositionFuzzTest extends FuzzContract {
    /** The HTTP and MIME parsers reject longer headers. */
    private static final int MAX_HEADER = 16 * 1024;

    DispositionFuzzTest() {
        super(3000, new Limits(32 << 20, Duration.ofSeconds(5)));
    }

    @Override
    protected List<byte[]> corpus() throws IOException {
        return lines("dispositions/all.txt");
    }

    @Override
    protected List<String> tokens() {
        return List.of("filename*=", "filename*0*=", "utf-8", "%C3", "\"", ";", "=", "\\");
    }

    @Override
    protected void take(byte[] input) {
        String value = new String(input, 0, Math.min(input.length, MAX_HEADER), StandardCharsets.ISO_8859_1);
        PartHeaders headers = new PartHeaders(name -> Optional.of(value));
        headers.contentType();
        headers.fileName();
        headers.size();
    }
}
