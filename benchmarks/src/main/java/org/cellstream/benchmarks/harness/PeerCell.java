package org.cellstream.benchmarks.harness;

import java.io.Serializable;

/** An LSTM of another library that steps one key's state. */
interface PeerCell extends AutoCloseable {

    /** Makes a cell where it will run: libraries' objects cannot travel. */
    interface Maker extends Serializable {
        PeerCell make() throws Exception;
    }

    /**
     * Steps a key.
     *
     * @param x the event's numbers
     * @param state h, then c; overwritten
     * @return the forecast
     */
    float step(double[] x, float[] state) throws Exception;

    @Override
    void close();
}
