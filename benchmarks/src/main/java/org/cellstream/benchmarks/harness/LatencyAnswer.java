package org.cellstream.benchmarks.harness;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/** Latencies as they travel from a child to its parent. */
public final class LatencyAnswer {

    private LatencyAnswer() {}

    static Answer of(LatencyRecorder recorder) {
        return new Answer()
                .put("all", text(recorder.all()))
                .put("apart", text(recorder.apart()))
                .put("gaps", text(recorder.gaps()))
                .put("checkpointPauses", recorder.checkpointPauses())
                .put("updatePauses", recorder.updatePauses());
    }

    private static String text(Histogram histogram) {
        ByteBuffer bytes = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(bytes);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Arrays.copyOf(bytes.array(), length));
    }

    /** A histogram of nanoseconds. */
    public static Histogram histogram(Answer answer, String name) {
        byte[] bytes = Base64.getUrlDecoder().decode(answer.text(name));
        try {
            return Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(bytes), 0);
        } catch (DataFormatException e) {
            throw new IllegalArgumentException(name + " is no histogram", e);
        }
    }
}
