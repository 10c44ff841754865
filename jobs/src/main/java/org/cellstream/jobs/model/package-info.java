/**
 * Models of other tools: Keras files in, ONNX out, and a model file run over a CSV file.
 *
 * <p>May import {@code org.cellstream.model}, networks and weights, jHDF, Jackson, protobuf and the
 * readers of CSV files; no Flink but its annotations, no Kafka.
 *
 * <p>Looks odd, on purpose: HDF5 is read in a thread of its own with a time limit, and whatever is
 * thrown there is taken for a broken file, a stack that overflows too: the library that reads it
 * follows a tree that is its own branch. What is asked of it is checked against the file's size
 * before.
 */
@NullMarked
package org.cellstream.jobs.model;

import org.jspecify.annotations.NullMarked;
