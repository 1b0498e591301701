#include "crypto/Sodium.h"

#include <sodium.h>

#include <stdexcept>

namespace tram::crypto {

void ensureSodium() {
    static const bool ready = sodium_init() >= 0;
    if (!ready) throw std::runtime_error("libsodium did not start");
}

}  // namespace tram::crypto
