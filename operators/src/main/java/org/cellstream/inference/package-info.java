/**
 * The forecasting operator: it collects events into micro-batches, gathers their memories, has
 * {@code nn} step them, scatters the results and emits one forecast per event.
 *
 * <p>Imports {@code state} and what stands below it; never {@code training}. Everything runs on the
 * operator's one thread.
 *
 * <p>Looks odd, on purpose: buffered rows are not checkpointed, they are flushed before the
 * barrier. In event-time timing the trainer's watermark may be moved forward before it is combined
 * with that of the events: so one combined watermark says both that all events of the epochs before
 * have come and that the weights which this epoch needs are here.
 */
@NullMarked
package org.cellstream.inference;

import org.jspecify.annotations.NullMarked;
