package org.cellstream.jobs.examples;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.cellstream.jobs.replay.WrongInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of the example; how it learns, an ITCase shows. */
class TextExampleTest {

    @TempDir private Path folder;

    @Test
    void readsGzip() throws IOException {
        assertRefused(packed("a short text"), "has 12 characters; need at least 32");
    }

    @Test
    void tellsBrokenGzipAndBytesThatAreNoText() throws IOException {
        byte[] packed = packed("a long text ".repeat(10));

        assertRefused(Arrays.copyOf(packed, packed.length / 2), "is broken gzip");
        assertRefused(new byte[] {'a', (byte) 0xff}, "is no text in UTF-8");
    }

    private void assertRefused(byte[] content, String message) throws IOException {
        Path file = Files.write(folder.resolve("text"), content);

        assertThatThrownBy(() -> new TextExample().run(new ExampleSettings(true, file)))
                .isInstanceOf(WrongInputException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(message);
    }

    private static byte[] packed(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
