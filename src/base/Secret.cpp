#include "base/Secret.h"

#include <string.h>

namespace tram::base {

void wipe(void* data, std::size_t size) noexcept {
    explicit_bzero(data, size);
}

}  // namespace tram::base
