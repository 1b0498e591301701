#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace tram::identity {

/// Taking a scanned link apart without ever opening it.

/// Host in small letters of an https URL without user, on https's own port; "" for anything else, so that
/// https://dichvucong.gov.vn@elsewhere.example is nobody's.
std::string linkHost(std::string_view url);
/// Segments of path, values (and names) of query and fragment, percent-decoded once.
std::vector<std::string> linkParts(std::string_view url);
/// base64url of the 16 bytes that open a receipt.
bool isReceiptSecret(std::string_view text);

}  // namespace tram::identity
