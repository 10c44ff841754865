/**
 * What a savepoint holds of the operators, for those who look into it from outside: where each
 * thing lies, how it is read, and what it means. Reads only.
 *
 * <p>Imports {@code state}, {@code training}, {@code nn} and {@code event}. All but {@link
 * org.cellstream.savepoint.SavedMemories} are values.
 */
@NullMarked
package org.cellstream.savepoint;

import org.jspecify.annotations.NullMarked;
