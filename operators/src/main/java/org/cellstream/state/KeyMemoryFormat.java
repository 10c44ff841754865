package org.cellstream.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a memory: a format byte, the shape's fingerprint, then sections, each a type byte,
 * the length of its payload and the payload; all little-endian and of fixed width. A later part
 * adds sections, not formats: a section of unknown type is passed over.
 */
final class KeyMemoryFormat {

    private static final byte FORMAT = 1;

    private static final byte PROGRESS = 1;
    private static final byte FEATURES = 2;
    private static final byte LAYERS = 3;
    private static final byte FORECAST = 4;
    private static final byte WINDOW = 5;

    private static final int HEADER = 1 + 4;
    private static final int SECTION = 1 + 4;
    private static final int PROGRESS_LENGTH = 3 * 8;

    private KeyMemoryFormat() {}

    static byte[] write(KeyMemory memory) {
        ByteBuffer out = ByteBuffer.allocate(length(memory)).order(ByteOrder.LITTLE_ENDIAN);
        out.put(FORMAT).putInt(memory.shape);
        section(out, PROGRESS, PROGRESS_LENGTH)
                .putLong(memory.step())
                .putLong(memory.stepsSinceReset())
                .putLong(memory.lastTime());
        doubles(section(out, FEATURES, 8 * memory.features().length), memory.features());
        floats(section(out, LAYERS, 4 * memory.layers().length), memory.layers());
        double[] forecast = memory.forecast();
        if (forecast != null) {
            doubles(section(out, FORECAST, 8 * forecast.length), forecast);
        }
        OpenWindow window = memory.window();
        if (window != null) {
            section(out, WINDOW, windowLength(window)).putInt(window.rows()).putInt(window.steps());
            floats(out, window.labels());
            floats(out, window.weights());
            floats(out, window.inputs());
        }
        return out.array();
    }

    static KeyMemory read(byte[] bytes) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        byte format = in.get();
        if (format != FORMAT) {
            throw new IOException(
                    "a key's memory has format %d; this Cellstream reads format %d"
                            .formatted(format, FORMAT));
        }
        int shape = in.getInt();
        Sections sections = new Sections();
        while (in.hasRemaining()) {
            byte type = in.get();
            ByteBuffer payload = in.slice(in.position() + 4, in.getInt(in.position()));
            in.position(in.position() + 4 + payload.capacity());
            sections.read(type, payload.order(ByteOrder.LITTLE_ENDIAN));
        }
        return sections.memory(shape);
    }

    /** What has been read so far. */
    private static final class Sections {

        private long step;
        private long stepsSinceReset;
        private long lastTime = Long.MIN_VALUE;
        private double[] features = {};
        private float[] layers = {};
        private double @Nullable [] forecast;
        private @Nullable OpenWindow window;

        void read(byte type, ByteBuffer in) {
            switch (type) {
                case PROGRESS -> {
                    step = in.getLong();
                    stepsSinceReset = in.getLong();
                    lastTime = in.getLong();
                }
                case FEATURES -> features = doubles(in);
                case LAYERS -> layers = floats(in, in.remaining() / 4);
                case FORECAST -> forecast = doubles(in);
                case WINDOW -> window = window(in);
                default -> {} // of a later version
            }
        }

        KeyMemory memory(int shape) {
            KeyMemory memory = new KeyMemory(shape, features, layers);
            memory.progress(step, stepsSinceReset, lastTime);
            if (forecast != null) {
                memory.keepForecast(forecast);
            }
            if (window != null) {
                memory.keepWindow(window);
            }
            return memory;
        }
    }

    private static int length(KeyMemory memory) {
        double[] forecast = memory.forecast();
        OpenWindow window = memory.window();
        return HEADER
                + SECTION
                + PROGRESS_LENGTH
                + SECTION
                + 8 * memory.features().length
                + SECTION
                + 4 * memory.layers().length
                + (forecast == null ? 0 : SECTION + 8 * forecast.length)
                + (window == null ? 0 : SECTION + windowLength(window));
    }

    private static int windowLength(OpenWindow window) {
        return 2 * 4 + 4 * (2 * window.steps() + window.inputs().length);
    }

    private static OpenWindow window(ByteBuffer in) {
        int rows = in.getInt();
        int steps = in.getInt();
        float[] labels = floats(in, steps);
        float[] weights = floats(in, steps);
        return new OpenWindow(rows, floats(in, in.remaining() / 4), labels, weights);
    }

    private static ByteBuffer section(ByteBuffer out, byte type, int length) {
        return out.put(type).putInt(length);
    }

    private static void doubles(ByteBuffer out, double[] values) {
        out.asDoubleBuffer().put(values);
        out.position(out.position() + 8 * values.length);
    }

    private static double[] doubles(ByteBuffer in) {
        double[] values = new double[in.remaining() / 8];
        in.asDoubleBuffer().get(values);
        return values;
    }

    private static void floats(ByteBuffer out, float[] values) {
        out.asFloatBuffer().put(values);
        out.position(out.position() + 4 * values.length);
    }

    private static float[] floats(ByteBuffer in, int count) {
        float[] values = new float[count];
        in.asFloatBuffer().get(values);
        in.position(in.position() + 4 * count);
        return values;
    }
}
