#pragma once
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <set>
#include <string>
#include <vector>

#include "form/Form.h"

namespace tram::form {

/// One object of what people write (a form, a kind, a pack.json), read member by member. Everything wrong is
/// told with its place, and what is wrong reads as empty, so that reading goes on to the next fault.
class FormReader {
  public:
    FormReader(const nlohmann::json& value, std::string at, std::vector<Fault>& faults);
    /// Members that nobody asked for; last.
    void finish();

    bool has(const char* key) const;
    std::string at(const char* key) const { return at_.empty() ? key : at_ + '.' + key; }
    void refuse(const char* key, std::string expected) { tell(at(key), std::move(expected)); }
    void tell(std::string at, std::string expected);
    std::vector<Fault>& faults() { return faults_; }
    /// What stands within, at a place that array() gave, or as a member.
    FormReader at(const nlohmann::json& value, const std::string& place) { return {value, place, faults_}; }
    FormReader inside(const char* key) { return {member(key), at(key), faults_}; }

    const nlohmann::json& member(const char* key);  ///< null, and a fault, when absent or null
    std::string slug(const char* key);
    std::string text(const char* key, std::size_t most);
    Bilingual words(const char* key, std::size_t most, bool lines = false);
    Bilingual optionalWords(const char* key, std::size_t most, bool lines = false);
    bool flag(const char* key);
    bool optionalFlag(const char* key, bool otherwise);
    std::int64_t integer(const char* key, std::int64_t low, std::int64_t high);
    std::int64_t optionalInteger(const char* key, std::int64_t low, std::int64_t high,
                                 std::int64_t otherwise);

    /// Calls `each(value, at)` for every one of an array of `least` to `most`.
    void array(const char* key, std::size_t least, std::size_t most,
               const std::function<void(const nlohmann::json&, const std::string&)>& each);

  private:
    std::string oneText(const nlohmann::json& value, std::size_t most, bool lines, const std::string& at);

    const nlohmann::json& object_;
    std::string at_;
    std::vector<Fault>& faults_;
    std::set<std::string> read_;
};

}  // namespace tram::form
