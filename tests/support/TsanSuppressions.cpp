// What the thread sanitizer reports about Debian's libraries, inside their own initialization; tram-camera is
// started without our environment, so that TSAN_OPTIONS would not reach it.

extern "C" const char* __tsan_default_suppressions();  // compiler-rt, sanitizer_common: asked before main()
extern "C" const char* __tsan_default_suppressions() {
    return "deadlock:libgdal.so\n";  // GDAL's locks among themselves, as OpenCV loads it (Debian 12:
                                     // libgdal32 3.6)
}
