#pragma once
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "base/Result.h"
#include "base/Secret.h"
#include "base/Uuid.h"
#include "crypto/Bytes.h"

namespace tram::wire {

/// Reads the members of one JSON object, each at most once. The first thing wrong is kept, everything read
/// after it is empty, and finish() tells: so a parse() is a list of its members and one question at the end.
class Members {
  public:
    /// Holds on to `object`, which must outlive it.
    explicit Members(const nlohmann::json& object);

    using Check = bool (*)(std::string_view);
    /// One line: no control characters; at most `max` bytes.
    std::string text(const char* key, std::size_t max, Check check = nullptr);
    std::string optionalText(const char* key, std::size_t max, Check check = nullptr);  ///< "" when absent
    /// Line breaks allowed.
    base::SecretText prose(const char* key, std::size_t max);
    base::SecretText secret(const char* key, std::size_t max, Check check = nullptr);
    std::int64_t integer(const char* key, std::int64_t low, std::int64_t high);
    std::int64_t optionalInteger(const char* key, std::int64_t low, std::int64_t high);  ///< 0 when absent
    bool flag(const char* key);
    crypto::Bytes base64(const char* key, std::size_t min, std::size_t max);
    base::Uuid uuid(const char* key);
    const nlohmann::json& array(const char* key, std::size_t min, std::size_t max);
    const nlohmann::json& object(const char* key);
    bool has(const char* key) const;

    void version(std::int64_t known) { integer("v", known, known); }
    /// Something only the caller can see to be wrong.
    void refuse(const char* key);
    /// Takes over what is wrong inside a member that was read by another Members.
    void adopt(const base::Result<void>& inner);

    base::Result<void> finish() const;           ///< also fails on members nobody asked for
    base::Result<void> finishLeniently() const;  ///< for unsigned answers, which later versions may widen

  private:
    const nlohmann::json* find(const char* key);
    const std::string& string(const char* key, std::size_t max, Check check, bool lines);

    const nlohmann::json& object_;
    std::size_t read_ = 0;
    std::string wrong_;
};

// Shapes that many members share.
bool isRfc3339(std::string_view text);
bool isDate(std::string_view text);  ///< YYYY-MM-DD
bool isSha256Hex(std::string_view text);
bool isUuid(std::string_view text);
bool isSlug(std::string_view text);   ///< a-z, 0-9, inner dashes
bool isToken(std::string_view text);  ///< visible ASCII without blanks, not empty
bool isVerifyKey(std::string_view text);
bool isSealingKey(std::string_view text);
bool isNotEmpty(std::string_view text);
bool isLanguage(std::string_view text);       ///< vi, en
bool isReceiptSecret(std::string_view text);  ///< 16 bytes as base64url
bool isSubject(std::string_view text);  ///< 32 bytes as base64url: who is logged in, for this city alone
inline constexpr std::size_t kLongestEntryId = 64;
bool isEntryId(std::string_view text);  ///< as an entry of a pack may be called: letters, digits, - . _

}  // namespace tram::wire
