#pragma once

namespace tram::camera {

// The programs in the program; each returns its exit code and is confined before it decodes a single byte.

/// One picture from standard input, made safe, to standard output (device/PictureFrame.h).
int prepare();
/// One picture from standard input: the page in it, straight and clean, to standard output
/// (device/PageFrame.h).
int page();
/// Frames, codes and hints over the socket on standard input (sight/Messages.h).
int watch();
/// A picture, video or folder on standard input: the codes in it, to standard output (device/ScanFrame.h).
int scanFile();

}  // namespace tram::camera
