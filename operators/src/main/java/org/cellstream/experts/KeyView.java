package org.cellstream.experts;

/** What an expert sees of the key at hand. */
final class KeyView {

    final Series series;
    double[] doubles = {};
    float[] floats = {};

    /** What the network forecasts of the next target; read only where it is forecast. */
    double network;

    KeyView(Series series) {
        this.series = series;
    }

    void of(ExpertMemory memory) {
        doubles = memory.doubles();
        floats = memory.floats();
        series.of(doubles);
    }
}
