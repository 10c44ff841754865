package org.cellstream.jobs.model;

import java.io.IOException;

/** Makes an output row of every input row, in the order of the input rows. */
interface PredictedRows {

    /** Takes the next row; its outputs are written now or at the end. */
    void take(InputRows.Row row) throws IOException;

    /** Writes what has not been written. */
    void end() throws IOException;

    /** Where outputs go, and rows that have none. */
    interface Sink {

        /**
         * Writes a row.
         *
         * @param y the outputs from {@code at} on
         */
        void write(String key, float[] y, int at) throws IOException;

        /**
         * Leaves rows out if that is allowed.
         *
         * @param line where the first of them stands
         * @throws org.cellstream.jobs.replay.WrongInputException if it is not
         */
        void skip(long line, int rows, String why) throws IOException;
    }
}
