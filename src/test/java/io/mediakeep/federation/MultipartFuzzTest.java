package io.mediakeep.federation;

import io.mediakeep.fuzz.FuzzContract;
import io.mediakeep.fuzz.Limits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Multipart responses of other homeservers. The first line of an input is the content type of the body. */
class MultipartFuzzTest extends FuzzContract {
    MultipartFuzzTest() {
        super(1500, new Limits(32 << 20, Duration.ofSeconds(5)));
    }

    @Override
    protected List<byte[]> corpus() throws IOException {
        return files("multipart");
    }

    @Override
    protected List<String> tokens() {
        return List.of(
                "--b\r\n", "--b--", "\r\n\r\n", "\r\n", "boundary=", "Content-Type: multipart/mixed; boundary=b", ": ");
    }

    @Override
    protected void take(byte[] input) {
        String text = new String(input, StandardCharsets.ISO_8859_1);
        int end = Math.max(0, text.indexOf('\n'));
        InputStream body = new ByteArrayInputStream(input, end, input.length - end);
        try {
            MediaPart part = MediaPart.in(body, text.substring(0, end));
            part.headers().contentType();
            part.headers().fileName();
            part.headers().location();
            part.bytes().transferTo(OutputStream.nullOutputStream());
        } catch (IOException rejected) {
            return;
        }
    }
}
