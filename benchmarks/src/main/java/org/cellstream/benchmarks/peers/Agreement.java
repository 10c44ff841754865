package org.cellstream.benchmarks.peers;

/** Whether a peer computes what ours does, asked before it is timed. */
public final class Agreement {

    private Agreement() {}

    /**
     * Compares outputs.
     *
     * @param tolerance largest difference
     * @throws IllegalStateException if one differs by more, or their number differs
     */
    public static void check(String peer, float[] ours, float[] theirs, float tolerance) {
        if (ours.length != theirs.length) {
            throw new IllegalStateException(
                    "%s has %d outputs; need %d, as ours"
                            .formatted(peer, theirs.length, ours.length));
        }
        for (int i = 0; i < ours.length; i++) {
            if (!(Math.abs(ours[i] - theirs[i]) <= tolerance)) {
                throw new IllegalStateException(
                        "output %d of %s is %s; need ours, %s, within %s"
                                .formatted(i, peer, theirs[i], ours[i], tolerance));
            }
        }
    }
}
