/*
 * Preloaded into a process, keeps what of a folder is on the disk for certain: each file as it was at its last
 * fsync, under its inode's number, and the folder's names as they were when the folder itself was last synced.
 * What was written since is what a power cut may take.
 *
 *   SYNCED_FOLDER  the folder that is watched
 *   SYNCED_INTO    where the copies go; a file for each inode, and `names`
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void into(char *path, size_t size, const char *name) {
  snprintf(path, size, "%s/%s", getenv("SYNCED_INTO"), name);
}

/* Appears under its name whole, so that whoever reads meanwhile finds the old or the new one. */
static void keep_file(int descriptor, unsigned long long inode) {
  char name[64], draft[4096], path[4096], piece[65536];
  snprintf(name, sizeof name, "%llu", inode);
  into(path, sizeof path, name);
  snprintf(draft, sizeof draft, "%s.draft", path);
  int copy = open(draft, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  off_t at = 0;
  ssize_t got;
  while ((got = pread(descriptor, piece, sizeof piece, at)) > 0) {
    if (write(copy, piece, got) != got) abort();
    at += got;
  }
  close(copy);
  rename(draft, path);
}

static void keep_names(const char *folder) {
  char draft[4096], path[4096];
  into(path, sizeof path, "names");
  into(draft, sizeof draft, "names.draft");
  FILE *list = fopen(draft, "w");
  DIR *entries = opendir(folder);
  for (struct dirent *entry; (entry = readdir(entries)) != NULL;)
    if (entry->d_name[0] != '.') fprintf(list, "%llu %s\n", (unsigned long long)entry->d_ino, entry->d_name);
  closedir(entries);
  fclose(list);
  rename(draft, path);
}

static void synced(int descriptor) {
  const char *folder = getenv("SYNCED_FOLDER");
  char link[64], target[4096];
  struct stat facts;
  if (folder == NULL || fstat(descriptor, &facts) != 0) return;
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(link, target, sizeof target - 1);
  if (length < 0) return;
  target[length] = '\0';
  if (strncmp(target, folder, strlen(folder)) != 0) return;
  if (S_ISDIR(facts.st_mode)) keep_names(folder);
  else keep_file(descriptor, (unsigned long long)facts.st_ino);
}

int fsync(int descriptor) {
  int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
  int result = real(descriptor);
  if (result == 0) synced(descriptor);
  return result;
}

int fdatasync(int descriptor) {
  int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
  int result = real(descriptor);
  if (result == 0) synced(descriptor);
  return result;
}
