package org.cellstream.state;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.cellstream.experts.ExpertMemory;
import org.cellstream.nn.Precision;
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
    private static final byte WEIGHTS = 6;
    private static final byte SHORT_LAYERS = 7;
    private static final byte INPUTS = 8;
    private static final byte ORDERS = 9;
    private static final byte HISTORY = 10;
    private static final byte SEQUENCE = 11;
    private static final byte EXPERTS = 12;
    private static final byte PENDING = 13;

    private static final byte BFLOAT16 = 1;
    private static final byte FLOAT16 = 2;

    private static final int HEADER = 1 + 4;
    private static final int SECTION = 1 + 4;
    private static final int PROGRESS_LENGTH = 3 * 8;
    private static final int WEIGHTS_LENGTH = 2 * 8;

    private KeyMemoryFormat() {}

    /**
     * The bytes of a memory.
     *
     * @param precision what h and c were rounded to
     */
    static byte[] write(KeyMemory memory, Precision precision) {
        ByteBuffer out =
                ByteBuffer.allocate(length(memory, precision)).order(ByteOrder.LITTLE_ENDIAN);
        out.put(FORMAT).putInt(memory.shape);
        section(out, PROGRESS, PROGRESS_LENGTH)
                .putLong(memory.step())
                .putLong(memory.stepsSinceReset())
                .putLong(memory.lastTime());
        section(out, WEIGHTS, WEIGHTS_LENGTH)
                .putLong(memory.weightsGeneration())
                .putLong(memory.weightsNumber());
        Bytes.put(section(out, FEATURES, 8 * memory.features().length), memory.features());
        writeLayers(out, memory, precision);
        double[] forecast = memory.forecast();
        if (forecast != null) {
            Bytes.put(section(out, FORECAST, 8 * forecast.length), forecast);
        }
        writeRest(out, memory);
        return out.array();
    }

    private static void writeLayers(ByteBuffer out, KeyMemory memory, Precision precision) {
        float[] layers = memory.layers();
        int at = memory.at();
        if (precision == Precision.FLOAT32) {
            Bytes.put(section(out, LAYERS, 4 * memory.stateSize()), layers, at, memory.stateSize());
            return;
        }
        section(out, SHORT_LAYERS, 1 + 2 * memory.stateSize()).put(code(precision));
        for (int i = at; i < at + memory.stateSize(); i++) {
            out.putShort(precision.encode(layers[i]));
        }
    }

    private static void writeRest(ByteBuffer out, KeyMemory memory) {
        KeptInputs inputs = memory.inputs();
        if (inputs != null) {
            inputs.write(section(out, INPUTS, inputs.length()));
        }
        TimedOrders orders = memory.orders();
        if (orders != null) {
            orders.write(section(out, ORDERS, orders.length()));
        }
        History history = memory.history();
        if (history != null) {
            history.write(section(out, HISTORY, history.length()));
        }
        OpenWindow window = memory.window();
        if (window != null) {
            window.write(section(out, WINDOW, window.length()));
        }
        OpenSequence sequence = memory.sequence();
        if (sequence != null) {
            sequence.write(section(out, SEQUENCE, sequence.length()));
        }
        ExpertMemory experts = memory.experts();
        if (experts != null) {
            ExpertSection.write(experts, section(out, EXPERTS, ExpertSection.length(experts)));
        }
        PendingForecasts pending = memory.pending();
        if (pending != null) {
            pending.write(section(out, PENDING, pending.length()));
        }
    }

    /**
     * Reads a memory.
     *
     * @throws IOException if the bytes are of a later format, or not what {@link #write} made
     */
    static KeyMemory read(byte[] bytes) throws IOException {
        try {
            return readWhole(bytes);
        } catch (BufferUnderflowException
                | IndexOutOfBoundsException
                | IllegalArgumentException
                | NegativeArraySizeException e) {
            throw new IOException(
                    "a key's memory of %d bytes is damaged: a section is cut off"
                            .formatted(bytes.length),
                    e);
        }
    }

    private static KeyMemory readWhole(byte[] bytes) throws IOException {
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

    /** Event time of the last event of a memory, without reading the rest of its bytes. */
    static long lastTime(byte[] bytes) {
        int afterTwoLongs = HEADER + SECTION + 2 * 8; // progress is the first section
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(afterTwoLongs);
    }

    /** What has been read so far. */
    private static final class Sections {

        private final KeyMemory read = new KeyMemory(0, new double[0], new float[0]);
        private double[] features = {};
        private float[] layers = {};

        void read(byte type, ByteBuffer in) throws IOException {
            switch (type) {
                case PROGRESS -> read.progress(in.getLong(), in.getLong(), in.getLong());
                case WEIGHTS -> read.advancedWith(in.getLong(), in.getLong());
                case FEATURES -> features = Bytes.doubles(in, in.remaining() / 8);
                case LAYERS -> layers = Bytes.floats(in, in.remaining() / 4);
                case SHORT_LAYERS -> layers = shortLayers(in);
                case FORECAST -> read.keepForecast(Bytes.doubles(in, in.remaining() / 8));
                case INPUTS -> read.keepInputs(KeptInputs.read(in));
                case ORDERS -> read.keepOrders(TimedOrders.read(in));
                case HISTORY -> read.keepHistory(History.read(in));
                case WINDOW -> read.keepWindow(OpenWindow.read(in));
                case SEQUENCE -> read.keepSequence(OpenSequence.read(in));
                case EXPERTS -> read.keepExperts(ExpertSection.read(in));
                case PENDING -> read.keepPending(PendingForecasts.read(in));
                default -> {} // of a later version
            }
        }

        KeyMemory memory(int shape) {
            KeyMemory memory = new KeyMemory(shape, features, layers);
            memory.takeProgress(read);
            memory.keepForecast(read.forecast());
            memory.keepInputs(read.inputs());
            memory.keepOrders(read.orders());
            memory.keepHistory(read.history());
            memory.keepWindow(read.window());
            memory.keepSequence(read.sequence());
            memory.keepExperts(read.experts());
            memory.keepPending(read.pending());
            return memory;
        }
    }

    private static byte code(Precision precision) {
        return precision == Precision.BFLOAT16 ? BFLOAT16 : FLOAT16;
    }

    private static float[] shortLayers(ByteBuffer in) throws IOException {
        byte code = in.get();
        Precision precision =
                switch (code) {
                    case BFLOAT16 -> Precision.BFLOAT16;
                    case FLOAT16 -> Precision.FLOAT16;
                    default ->
                            throw new IOException(
                                    "a key's h and c have precision %d; this Cellstream reads %d and %d"
                                            .formatted(code, BFLOAT16, FLOAT16));
                };
        float[] layers = new float[in.remaining() / 2];
        for (int i = 0; i < layers.length; i++) {
            layers[i] = precision.decode(in.getShort());
        }
        return layers;
    }

    private static int length(KeyMemory memory, Precision precision) {
        int layers =
                precision == Precision.FLOAT32
                        ? 4 * memory.stateSize()
                        : 1 + 2 * memory.stateSize();
        double[] forecast = memory.forecast();
        return HEADER
                + SECTION
                + PROGRESS_LENGTH
                + SECTION
                + WEIGHTS_LENGTH
                + SECTION
                + 8 * memory.features().length
                + SECTION
                + layers
                + (forecast == null ? 0 : SECTION + 8 * forecast.length)
                + lengthOfRest(memory);
    }

    private static int lengthOfRest(KeyMemory memory) {
        KeptInputs inputs = memory.inputs();
        TimedOrders orders = memory.orders();
        History history = memory.history();
        OpenWindow window = memory.window();
        OpenSequence sequence = memory.sequence();
        ExpertMemory experts = memory.experts();
        PendingForecasts pending = memory.pending();
        return (inputs == null ? 0 : SECTION + inputs.length())
                + (orders == null ? 0 : SECTION + orders.length())
                + (history == null ? 0 : SECTION + history.length())
                + (window == null ? 0 : SECTION + window.length())
                + (sequence == null ? 0 : SECTION + sequence.length())
                + (experts == null ? 0 : SECTION + ExpertSection.length(experts))
                + (pending == null ? 0 : SECTION + pending.length());
    }

    private static ByteBuffer section(ByteBuffer out, byte type, int length) {
        return out.put(type).putInt(length);
    }

    /** Bytes of heap of a memory apart from its h and c: objects, arrays and what they hold. */
    static int heapBytes(KeyMemory memory) {
        @Nullable KeptInputs inputs = memory.inputs();
        @Nullable TimedOrders orders = memory.orders();
        @Nullable History history = memory.history();
        @Nullable OpenSequence sequence = memory.sequence();
        @Nullable ExpertMemory experts = memory.experts();
        @Nullable PendingForecasts pending = memory.pending();
        double[] forecast = memory.forecast();
        return 112
                + 16
                + 8 * memory.features().length
                + (forecast == null ? 0 : 16 + 8 * forecast.length)
                + (inputs == null ? 0 : inputs.heapBytes())
                + (orders == null ? 0 : orders.heapBytes())
                + (history == null ? 0 : history.heapBytes())
                + (sequence == null ? 0 : sequence.heapBytes())
                + (experts == null ? 0 : experts.heapBytes())
                + (pending == null ? 0 : pending.heapBytes());
    }
}
