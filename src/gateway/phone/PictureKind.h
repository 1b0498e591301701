#pragma once
#include <span>

namespace tram::gateway {

/// Whether it begins as one of the pictures that a kiosk can read: JPEG (ISO 10918-1 B.1.1), PNG (W3C PNG
/// §5.2) or WebP (RFC 9649 §2.4). Nothing is decoded here: what else is wrong with it, only tram-camera finds
/// out.
bool beginsAsPicture(std::span<const unsigned char> bytes);

}  // namespace tram::gateway
