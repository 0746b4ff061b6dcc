#include "web/asset.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include "web/gzip.h"

namespace hotseat::web {
namespace {

using ::testing::Contains;
using ::testing::EndsWith;
using ::testing::Key;
using ::testing::Not;
using ::testing::Pair;

std::string unpacked(const std::string& packed, std::size_t size) {
  std::string bytes(size + 1, '\0');
  z_stream stream{};
  inflateInit2(&stream, 15 + 16);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(bytes.data());
  stream.avail_out = static_cast<uInt>(bytes.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  bytes.resize(stream.total_out);
  inflateEnd(&stream);
  return bytes;
}

std::string many_words() {
  std::string text;
  for (int word = 0; word < 5000; ++word) text += "word " + std::to_string(word * word) + "\n";
  return text;
}

TEST(GzipTest, IsSmallerAndComesBackAsItWas) {
  const std::string text = many_words();
  EXPECT_LT(gzip(text).size(), text.size() / 2);
  EXPECT_EQ(unpacked(gzip(text), text.size()), text);
  EXPECT_EQ(unpacked(gzip(""), 0), "");
}

TEST(GzipTest, NoTimeOfDayIsInIt) {
  EXPECT_EQ(gzip("text").substr(4, 4), std::string(4, '\0'));  // MTIME: RFC 1952, section 2.3
}

class AssetTest : public ::testing::Test {
 protected:
  Response ask(const char* encoding, const std::string& known = "") {
    Request request;
    if (encoding != nullptr) request.headers.emplace_back("accept-encoding", encoding);
    if (!known.empty()) request.headers.emplace_back("if-none-match", known);
    return asset_answer(asset_, request);
  }
  static std::string tag_of(const Response& response) {
    for (const auto& [name, value] : response.headers) {
      if (name == "ETag") return value;
    }
    return "none";
  }

  const std::string text_ = many_words();
  const Asset asset_ = make_asset("text/html", text_, {{"X-Own", "yes"}});
};

TEST_F(AssetTest, GoesOutAsTheClientTakesIt) {
  const Response plain = ask(nullptr);
  EXPECT_EQ(plain.status, 200U);
  EXPECT_EQ(plain.type, "text/html");
  EXPECT_EQ(plain.body, text_);
  EXPECT_THAT(plain.headers, Not(Contains(Key("Content-Encoding"))));
  const Response packed = ask("gzip");
  EXPECT_THAT(packed.headers, Contains(Pair("Content-Encoding", "gzip")));
  EXPECT_EQ(unpacked(packed.body, text_.size()), text_);
  EXPECT_THAT(tag_of(packed), EndsWith("-gzip\""));
  EXPECT_NE(tag_of(packed), tag_of(plain));
  for (const Response& response : {plain, packed, ask("gzip", tag_of(packed))}) {
    EXPECT_THAT(response.headers, Contains(Pair("Vary", "Accept-Encoding")));
    EXPECT_THAT(response.headers, Contains(Pair("Cache-Control", "private, no-cache")));
    EXPECT_THAT(response.headers, Contains(Pair("X-Own", "yes")));
  }
}

TEST_F(AssetTest, IsNotSentAgain) {
  const std::string plain = tag_of(ask(nullptr));
  const std::string packed = tag_of(ask("gzip"));
  for (const std::string& known :
       {packed, "W/" + packed, "\"other\", " + packed + " ", plain + "," + packed}) {
    const Response response = ask("gzip", known);
    EXPECT_EQ(response.status, 304U) << known;
    EXPECT_EQ(response.body, "");
    EXPECT_EQ(tag_of(response), packed);
    EXPECT_THAT(response.headers, Not(Contains(Key("Content-Encoding"))));
  }
}

TEST_F(AssetTest, AnotherCodingOrAnotherBodyIsSent) {
  const std::string plain = tag_of(ask(nullptr));
  EXPECT_EQ(ask("gzip", plain).status, 200U);
  EXPECT_EQ(ask("gzip;q=0", plain).status, 304U);
  for (const std::string& known : {std::string("\"\""), std::string("*"), std::string(","),
                                   std::string("\""), plain.substr(1)}) {
    EXPECT_EQ(ask(nullptr, known).status, 200U) << known;
  }
  EXPECT_NE(make_asset("text/html", "other").tag, asset_.tag);
}

}  // namespace
}  // namespace hotseat::web
