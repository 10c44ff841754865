package org.cellstream.nn;

/**
 * One time step of an LSTM, on the way back. All are rows of time-major arrays, from the step's
 * first row on.
 *
 * @param gates after their functions, i, f, g, o {@code [B, 4H]}, read
 * @param cellTanh tanh of the next c {@code [B, H]}, read
 * @param cellsBefore c before the step {@code [B, H]}, read
 * @param shownGradient gradient with respect to {@code o * tanh(c)} {@code [B, H]}, read
 * @param cellGradient gradient with respect to the next c, of later steps {@code [B, H]}; becomes
 *     that with respect to c before the step
 * @param sumsGradient gradient with respect to the gates' sums {@code [B, 4H]}, overwritten; may be
 *     {@code gates}
 */
public record LstmSlopes(
        Slice gates,
        Slice cellTanh,
        Slice cellsBefore,
        Slice shownGradient,
        Slice cellGradient,
        Slice sumsGradient) {}
