package org.cellstream.state;

import java.nio.ByteBuffer;
import org.cellstream.experts.ExpertMemory;

/**
 * What experts know of a key as bytes: their settings, the number of doubles, these, and floats.
 */
final class ExpertSection {

    private static final int HEADER = 4 + 4;

    private ExpertSection() {}

    static int length(ExpertMemory memory) {
        return HEADER + 8 * memory.doubles().length + 4 * memory.floats().length;
    }

    static void write(ExpertMemory memory, ByteBuffer out) {
        out.putInt(memory.settings()).putInt(memory.doubles().length);
        Bytes.put(out, memory.doubles());
        Bytes.put(out, memory.floats(), 0, memory.floats().length);
    }

    static ExpertMemory read(ByteBuffer in) {
        int settings = in.getInt();
        double[] doubles = Bytes.doubles(in, in.getInt());
        return new ExpertMemory(settings, doubles, Bytes.floats(in, in.remaining() / 4));
    }
}
