#pragma once
#include <functional>

#include "base/Result.h"
#include "base/Secret.h"
#include "crypto/Bytes.h"

namespace tram::crypto {

/// Attachments: libsodium crypto_secretstream (XChaCha20-Poly1305) in pieces of 64 KiB, the envelope's id as
/// associated data of every piece, TAG_FINAL on the last; a stream without it is refused as truncated.
struct StreamKey {
    base::SecretBytes key;  ///< 32 bytes
    Bytes header;           ///< 24 bytes, not secret
};

using Sink = std::function<base::Result<void>(ByteView)>;

base::Result<StreamKey> encryptStream(ByteView plain, ByteView associated, const Sink& sink);
base::Result<base::SecretBytes> decryptStream(ByteView cipher, const StreamKey& key, ByteView associated,
                                              std::size_t limit);

}  // namespace tram::crypto
