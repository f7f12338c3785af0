/**
 * The Git repository that declares the applications, as a restored Git server has it:
 * compared with the commit that a night recorded, and put back from its bundle if it is
 * unusable. All of it is done by Git's own program in the server's pod.
 */
@NullMarked
package dev.longhaul.restore.repository;

import org.jspecify.annotations.NullMarked;
