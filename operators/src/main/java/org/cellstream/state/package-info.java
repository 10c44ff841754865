/**
 * What one key remembers, and how that is written: one {@code ValueState} holds a key's whole
 * memory, so that an event costs one read and one write.
 *
 * <p>Imports {@code nn}, {@code features}, {@code experts}, {@code event} and {@code config}. A
 * memory belongs to the thread of its operator.
 *
 * <p>Looks odd, on purpose: a serializer of another network is reported as compatible. Each memory
 * names the network and the columns it was made for, so one that does not fit is recognised when
 * its key returns, and that key starts cold; declaring the state incompatible would stop the whole
 * job instead.
 */
@NullMarked
package org.cellstream.state;

import org.jspecify.annotations.NullMarked;
