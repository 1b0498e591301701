#pragma once
#include <cstddef>

#include "base/Secret.h"

namespace tram::camera {

/// Everything there is, of at most `most` bytes; one byte more than that when there is more.
bool readAll(int fd, std::size_t most, base::SecretBytes& out);
bool writeAll(const unsigned char* bytes, std::size_t size);
bool writeAll(const base::SecretBytes& bytes);

}  // namespace tram::camera
