package org.cellstream.state;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Descriptions of the network and columns of a job and of all jobs whose state it took over: a
 * memory may have been written by any of them, since one that is not touched is not written again.
 */
final class ShapeHistory implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String now;
    private final List<String> before;
    private final int fingerprint;

    /**
     * @param before of earlier jobs, the latest first
     */
    ShapeHistory(String now, List<String> before) {
        this.now = now;
        this.before = List.copyOf(before);
        this.fingerprint = MemoryShape.fingerprint(now);
    }

    String now() {
        return now;
    }

    List<String> before() {
        return before;
    }

    /** The description of the shape with a fingerprint; null if no job of this state had it. */
    @Nullable String describe(int shape) {
        if (shape == fingerprint) {
            return now;
        }
        for (String earlier : before) {
            if (MemoryShape.fingerprint(earlier) == shape) {
                return earlier;
            }
        }
        return null;
    }

    /** This job's shape after those of a job whose state it takes over. */
    ShapeHistory after(ShapeHistory old) {
        List<String> earlier = new ArrayList<>(before);
        List<String> theirs = new ArrayList<>(List.of(old.now));
        theirs.addAll(old.before);
        for (String shape : theirs) {
            if (!shape.equals(now) && !earlier.contains(shape)) {
                earlier.add(shape);
            }
        }
        return new ShapeHistory(now, earlier);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof ShapeHistory h && now.equals(h.now) && before.equals(h.before);
    }

    @Override
    public int hashCode() {
        return now.hashCode();
    }

    @Override
    public String toString() {
        return before.isEmpty() ? now : now + ", before that " + before;
    }
}
