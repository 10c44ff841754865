package org.cellstream.jobs.replay;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.flink.annotation.Internal;

/** Reads files that may be packed with gzip: told by their first bytes, not by their names. */
@Internal
public final class PlainOrGzip {

    private static final int BUFFER = 1 << 16;
    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;

    private PlainOrGzip() {}

    /** The bytes of a file, unpacked; {@code raw} is closed with them. */
    public static BufferedInputStream of(InputStream raw) throws IOException {
        BufferedInputStream bytes = new BufferedInputStream(raw, BUFFER);
        bytes.mark(2);
        boolean gzip = bytes.read() == GZIP_FIRST && bytes.read() == GZIP_SECOND;
        bytes.reset();
        return gzip ? new BufferedInputStream(new GZIPInputStream(bytes, BUFFER), BUFFER) : bytes;
    }

    /** A failure that lies in the file's gzip, as such; others as they are. */
    public static IOException explained(Path file, IOException e) {
        return e instanceof EOFException || e instanceof ZipException
                ? new WrongInputException(file + " is broken gzip: " + e.getMessage(), e)
                : e;
    }
}
