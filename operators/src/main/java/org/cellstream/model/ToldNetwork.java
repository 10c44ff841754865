package org.cellstream.model;

import org.jspecify.annotations.Nullable;

/**
 * What somebody says of the network whose weights a file holds.
 *
 * @param words of the network
 * @param place where the words stand, for messages
 * @param inputs width of the input row; null if only the weights tell it
 * @param source who says the width, with a verb, for messages: {@code the job has}
 */
record ToldNetwork(String words, String place, @Nullable Integer inputs, String source) {}
