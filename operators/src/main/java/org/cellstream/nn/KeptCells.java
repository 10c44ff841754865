package org.cellstream.nn;

/** What is kept of one panel's units of an LSTM at a time step, written where it is kept. */
final class KeptCells {

    /** Gate i of those units; the next gate lies as far behind as a row is wide. */
    final Rows gates;

    final Rows cellTanh;

    KeptCells(int units) {
        this.gates = new Rows(units);
        this.cellTanh = new Rows(units);
    }
}
