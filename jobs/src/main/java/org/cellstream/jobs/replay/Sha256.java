package org.cellstream.jobs.replay;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The hash that tells whether two files are the same. */
final class Sha256 {

    private Sha256() {}

    static MessageDigest start() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Ends it and gives the hash in hexadecimal. */
    static String end(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }
}
