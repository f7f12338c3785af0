/**
 * What a cluster is begun with before there is a repository to read: namespaces, a
 * storage class, the first Applications, and Argo CD itself. The Git server that all else
 * is deployed from is deployed from itself, so what begins it is kept outside.
 */
@NullMarked
package dev.longhaul.restore.bootstrap;

import org.jspecify.annotations.NullMarked;
